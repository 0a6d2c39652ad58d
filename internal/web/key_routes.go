package web

// keyRoutes are how keyholders make the key of a poll, open votes with it and destroy it.
func (s *Server) keyRoutes() []route {
	return []route{}
}

// keyOperations are the same for programs.
func keyOperations() []operation {
	return group("Keys of votes")
}
