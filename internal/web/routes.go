package web

import (
	"net/http"

	"commonweal/internal/base/policy"
)

// route is one thing that can be asked of the server. The table below is all
// of them: what is not in it is not there.
type route struct {
	pattern string        // "METHOD /path", as net/http matches it
	action  policy.Action // asked of policy before the handler runs
	serve   func(v *visit) error
	own     bool  // the action is on the visitor's own things
	upload  int64 // bytes the request may carry, where it is more than a form
}

// routes is the complete table, by wing.
func (s *Server) routes() []route {
	return []route{
		{pattern: "GET /{$}", action: policy.FrontView, serve: s.frontShow},
	}
}

// mux builds the server's multiplexer: every route asks policy first.
func (s *Server) mux() *http.ServeMux {
	mux := http.NewServeMux()
	for _, r := range s.routes() {
		mux.Handle(r.pattern, s.handler(r))
	}
	return mux
}
