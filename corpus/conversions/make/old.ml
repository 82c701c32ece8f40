let weight = 3
