/// What people read about `.caravan.yml`: every key with what it takes.
package enum ConfigurationGuide {
    /// The names under which `caravan explain` knows it.
    package static let names = ["configuration", Configuration.fileName]

    package static let text = """
        .caravan.yml in the root of a repository holds for caravan gate, scan, rewrite and rules. Every key may be left out;
        an unknown one is an error. --config FILE names another file, --no-config heeds none, and
        caravan gate --print-config prints what holds.

          baseline: caravan.baseline      the gate's file of known uses, relative to the root
          paths: [lib, src]               what is looked at: folders, files, patterns (* ? [a-z]); everything where left out
          exclude: [vendor, "*_gen.ml"]   what is not
          only: [lwt, cstruct/cenum]      rules or extensions that count alone
          except: [type_conv/path]        rules or extensions that do not count
          rules:                          how much a rule or extension weighs: error, warning, note, or off
            lwt/bind: warning
          max-severity: warning           the gate bears findings up to this weight
          target: 2020-06-01              rewrites use what existed on that day
          extensions:                     syntax extensions of your own
            - name: house                 their rules are house/keyword, house/quotation, house/pattern
              keywords: [houseblock]      words that show it in sources
              quotations: [house]         tags of its quotations, <:house< … >>
              findlib: [house.syntax]     packages that turn it on in build files
              archives: [pa_house]        its archives in a preprocessor's command line, without suffix
              patterns: ['PP *= *(\\S+)']   what shows it in build files: PCRE2 over bytes, ^ and $ at lines' ends
              message: the house's syntax
              replacement: write [%house …], see HACKING.md
              examples:                   caravan rules test checks them; « and » may mark the place
                report: [let a = «houseblock» 1, {file: Makefile, text: "PP = «pa_house»"}]
                silent: [let houseblock_size = 1]

        """
}
