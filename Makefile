# The two commands. Where there is no make, scripts/demo and scripts/test are the same.

.PHONY: demo test

# The whole world on this machine. make demo ARGS='--port 8080'
demo:
	@scripts/demo $(ARGS)

# Everything that must hold before a change lands. make test ARGS=oidc: those tests alone
test:
	@scripts/test $(ARGS)
