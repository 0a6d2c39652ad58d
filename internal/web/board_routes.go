package web

// boardRoutes are what anybody can see and check of a vote, and the way a ballot comes in.
func (s *Server) boardRoutes() []route {
	return []route{}
}

// boardOperations are the same for programs.
func boardOperations() []operation {
	return group("Boards")
}
