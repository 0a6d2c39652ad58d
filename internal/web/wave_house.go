package web

// callNow calls the survey.
func (p *planned) callNow() error {
	return p.house.CallWave(p.ctx, p.actor.Person, p.org.ID, p.w.ID)
}

// remindNow sends a reminder.
func (p *planned) remindNow() error {
	return p.house.RemindWave(p.ctx, p.actor.Person, p.org.ID, p.w.ID)
}
