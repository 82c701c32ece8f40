let f = parser [< 'x when p; y = q ?? "m"; z >] -> [< 'x; z >] | [< >] -> [x | x <- l; x > 1]
