/// What a node of the tree is, in the words of the OCaml manual's grammar.
package enum NodeKind: UInt8, Sendable, CaseIterable {
    // Recovery: what was there and should not be, and what should be there and is not (an empty node).
    case unexpected
    case missing
    /// Brackets nested deeper than the parser goes; their tokens are not looked into.
    case tooDeep

    // Whole files and bodies.
    case implementation
    case interface
    case structureBody
    case signatureBody

    // Items of structures and signatures.
    case expressionItem
    case letItem
    case externalItem
    case valueItem
    case typeItem
    case typeExtensionItem
    case exceptionItem
    case moduleItem
    case moduleTypeItem
    case openItem
    case includeItem
    case classItem
    case classTypeItem
    case extensionItem
    case floatingAttribute
    /// `#use "…"` and its like.
    case directive

    // Parts of items.
    case letBinding
    case typeDeclaration
    case constructorDeclaration
    case fieldDeclaration
    case recordType
    case typeParameters
    case typeConstraint
    case moduleBinding
    case functorParameter
    case classBinding
    case parameter
    case returnType
    case itemAttribute
    case attribute
    case payload
    case extensionNode
    case withConstraint

    // Expressions.
    case valuePath
    case constructorPath
    case constant
    case quotation
    case variantTag
    case application
    case constructorApplication
    case labelledArgument
    case infixOperation
    case prefixOperation
    case signOperation
    case consOperation
    case assignment
    case reference
    case tuple
    /// OCaml 5.4's `~x:e` or `~x` in a tuple, `x:t` in the type of one.
    case labelledElement
    case sequence
    case parenthesised
    case constrained
    case localOpen
    case list
    case array
    case record
    case recordField
    case objectCopy
    case fieldAccess
    case indexAccess
    case methodCall
    case hashOperation
    case letExpression
    case letModule
    case letOpen
    case letException
    case bindingOperator
    case function
    case fun
    case match
    case `try`
    case matchCase
    case `if`
    case `while`
    case `for`
    case assert
    case lazy
    case new
    case object
    case packedModule
    case attributed
    case unreachable

    // Patterns.
    case wildcardPattern
    case constantPattern
    case rangePattern
    case orPattern
    case aliasPattern
    case constructorPattern
    case lazyPattern
    case exceptionPattern
    case recordPattern
    case modulePattern
    case typePattern
    /// `M.(p)` and its like.
    case openedPattern
    /// OCaml 5.3's `effect E, k`: the effect's pattern, the continuation's.
    case effectPattern

    // Types.
    case typeVariable
    case typePath
    case arrowType
    case tupleType
    case aliasType
    case polymorphicType
    case variantType
    case variantField
    case objectType
    case objectTypeField
    case classPathType
    case packageType
    /// OCaml 5.2's `M.(t)`.
    case openedType

    // Modules.
    case modulePath
    case functorApplication
    case functor
    case unpackedModule
    case modulePathType
    case moduleTypeOf
    case withType
    case functorType
    /// OCaml 5.1's `(X : S) -> T`.
    case shortFunctorType

    // Classes.
    case classPath
    case classFunction
    case classLet
    case classApplication
    case classConstraint
    case classArrow
    case selfPattern
    case inheritField
    case valueField
    case methodField
    case constraintField
    case initializerField

    // What extensions bring. The files of `Dialects/` say which children each has, in which order.
    /// A word that a dialect makes a keyword, alone.
    case keyword
    /// A name that an extension's construct gives or uses.
    case name
    case typeConvClause
    case generator
    case generatorArgument
    case derivingClause
    case derivedMethod
    case lwtLet
    case lwtTry
    case lwtMatch
    case lwtFor
    case lwtForIn
    case lwtWhile
    case lwtRaise
    case lwtAssert
    case lwtItem
    case cstructItem
    case cstructField
    case cenumItem
    case cenumConstructor
    case testItem
    case benchItem
    case jsMethodCall
    case jsAccess
    case jsAssignment
    case jsNew
    case jsObject
    case eliomSection
    case eliomClientValue
    case eliomSharedValue
    case eliomInjection
    case macroItem
    case macroExpression
    case macroPattern
    case macroType
    case macroModule
    case macroCase
    case macroConstructor
    case macroField
    case macroCondition
    case macroDefinition
    case macroParameters
    case macroLet
    case macroUndefinition
    case macroInclude
    case streamParser
    case streamCase
    case streamPattern
    case streamExpression
    case streamTerminal
    case streamNonterminal
    case streamRest
    case comprehension
    case comprehensionGenerator
    case comprehensionGuard
    case lexerDefinition
    case regexpItem
    case regexpAlternative
    case regexpSequence
    case regexpRepetition
    case regexpSet
    case regexpRange
    case regexpBinding
    case regexpReference
    case bitstringMatch
    case bitstringConstructor
    case bitstringFields
    case bitstringField
    case bitstringQualifier
    case bitstringItem
    case monadExpression
    case monadWith
    case monadBind
    case monadLet
    case monadRec
    case grammarExtension
    case localOpenIn
    case whereExpression
    case taggedString
    case pgsqlExpression
    case typeConvPath
    case withGenerators
    case regexpPattern
    case regexpExpression
    case viewPattern
    case letTry
    case interpolation
    case duppyExpression
    case frocLet
    case logExpression
    case haveItem
    case specExpression
    case macaqueAccess
}
