package web

import "commonweal/internal/web/page"

// brandStyle and brandIcon are the organisation's look, as files of their own:
// a page may carry no inline style.

func (s *Server) brandStyle(v *visit) error { return page.ServeBrandStyle(v.w, brandOf(v.org)) }

func (s *Server) brandIcon(v *visit) error { return page.ServeBrandIcon(v.w, brandOf(v.org)) }
