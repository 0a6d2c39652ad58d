package web

// voteRoutes are what a member does in votes.
func (s *Server) voteRoutes() []route {
	return []route{}
}

// voteOperations are the same for programs.
func voteOperations() []operation {
	return group("Votes")
}
