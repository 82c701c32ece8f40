let* x = y and* z = w in let open M in M.(x + z) |> fun (type a) ?(k = 2) ~l -> lazy (assert true)
