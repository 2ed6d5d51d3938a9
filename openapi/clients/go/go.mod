module wxlogin

go 1.19
