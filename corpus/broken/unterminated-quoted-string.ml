let before = 1
let s = {id|closed by |di} and never by its own
let after = 2
