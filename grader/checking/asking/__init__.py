"""Questions of checks: put to a submission, to the reference, and to the known mistakes where those two differ."""
