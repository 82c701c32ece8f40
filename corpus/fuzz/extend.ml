EXTEND Gram expr: LEVEL "top" [[ "a"; x = LIST0 e SEP ";" -> <:expr< $x$ >> ]]; END;;
#if x
#else
#endif
perform with b in x <-- y; z
