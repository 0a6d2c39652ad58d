package web

// credentialRoutes are what the registrar does: the codes that members vote with.
func (s *Server) credentialRoutes() []route {
	return []route{}
}

// credentialOperations are the same for programs.
func credentialOperations() []operation {
	return group("Credentials")
}
