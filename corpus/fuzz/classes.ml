class virtual ['a] c ?(x = 1) y = object (self : 'b) inherit d x as super method! m : 'c. 'c = self#n end
