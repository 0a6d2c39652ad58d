package web

// conductRoutes are what the secretary and the returning officer do to hold a vote.
func (s *Server) conductRoutes() []route {
	return []route{}
}

// conductOperations are the same for programs.
func conductOperations() []operation {
	return group("Conduct of votes")
}
