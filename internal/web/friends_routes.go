package web

// friendsRoutes are the friends-and-family test.
func (s *Server) friendsRoutes() []route { return nil }

// friendsOperations are the same for programs.
func friendsOperations() []operation { return nil }
