// Package keys is where the keyholders of a poll make its key together, and where
// it is recorded that they destroyed it. The server is their post office: it
// passes public messages on and checks every one. It never sees a secret.
package keys
