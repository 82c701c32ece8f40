let all = [ "Alder Head"; "Brine Rock" ]
