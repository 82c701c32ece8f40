let rec p = parser
  | [< 'Some x; y = p ?? 