let before = 'a'
let c = '\
let d = '\q'
let after = 2
