{client{ let x = {{ f %y }} }} let z = Show.show<int list> q
bitmatch b with { a : 8 } -> a
