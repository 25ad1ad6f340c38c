"""How the app is served: what its answers tell a browser, beside what is on screen."""
