let dozen = 12
