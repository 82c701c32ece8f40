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

    // Modules.
    case modulePath
    case functorApplication
    case functor
    case unpackedModule
    case modulePathType
    case moduleTypeOf
    case withType
    case functorType

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

    // What extensions bring.
    case typeConvClause
    case derivingClause
    case lwtLet
    case lwtTry
    case lwtMatch
    case lwtFor
    case lwtWhile
    case lwtRaise
    case lwtAssert
    case lwtItem
    case cstructItem
    case cenumItem
    case cstructField
    case testItem
    case benchItem
    case jsMethodCall
    case jsAccess
    case jsNew
    case jsObject
    case derivedMethod
    case eliomSection
    case eliomValue
    case macroItem
    case macroExpression
    case optcompDirective
    case streamParser
    case streamPattern
    case streamExpression
    case streamCase
    case streamComponent
    case comprehension
    case lexerDefinition
    case bitstring
    case monadExpression
    case grammarExtension
    case extensionPhrase
}
