IFDEF A THEN let x = 1 ELSE let x = 2 END let _ = o##m(1, 2)##p <- jsnew c (3)
let q = <:expr< 1 << 2 >> >>
