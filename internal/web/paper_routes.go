package web

// paperRoutes are how votes on paper and by telephone are received, keyed and reckoned.
func (s *Server) paperRoutes() []route {
	return []route{}
}

// paperOperations are the same for programs.
func paperOperations() []operation {
	return group("Votes on paper")
}
