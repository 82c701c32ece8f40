let a = "\065\xFF\u{1F600}" ^ {id|x|}|id} and b = '\n' and c = 0x1.8p3 +. 1e5 and d = 1_000L and e = ~-1
