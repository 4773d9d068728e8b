import {
  type ASTVisitor,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';

/** How large an operation may be. Everything here is about its text; what it costs to answer is counted elsewhere. */
export const LIMITS = {
  tokens: 1_000,
  depth: 10,
  aliases: 30,
  queryFields: 20,
  mutationFields: 5,
  fieldDirectives: 5,
  directives: 10,
  fragments: 20,
  variables: 50,
  validationErrors: 5,
};

export const parseOptions = { maxTokens: LIMITS.tokens };

type Counted = FieldNode | OperationDefinitionNode | FragmentDefinitionNode;

const tooMany = (what: string, found: number, most: number, node: Counted) =>
  new GraphQLError(`An operation may have ${what} up to ${most}; this one has ${found}`, {
    nodes: node,
    extensions: { limit: most },
  });

/** Counts one kind of node over the whole document. */
const countLimit =
  (
    what: string,
    most: number,
    visitorOf: (count: (node: Counted, by?: number) => void) => ASTVisitor,
  ): ValidationRule =>
  (context) => {
    let total = 0;
    let told = false;
    return visitorOf((node, by = 1) => {
      total += by;
      if (total <= most || told) return;
      told = true;
      context.reportError(tooMany(what, total, most, node));
    });
  };

// A repeated __typename costs like an alias, and needs none.
const aliasLimit = countLimit('aliases', LIMITS.aliases, (count) => ({
  Field: (node) => {
    if (node.alias || node.name.value === '__typename') count(node);
  },
}));

const fragmentLimit = countLimit('fragments', LIMITS.fragments, (count) => ({
  FragmentDefinition: (node) => count(node),
}));

const directiveLimit = countLimit('directives', LIMITS.directives, (count) => ({
  Field: (node) => count(node, node.directives?.length ?? 0),
  OperationDefinition: (node) => count(node, node.directives?.length ?? 0),
}));

const fieldDirectiveLimit: ValidationRule = (context) => ({
  Field: (node) => {
    const found = node.directives?.length ?? 0;
    if (found > LIMITS.fieldDirectives) {
      context.reportError(tooMany('directives on a field', found, LIMITS.fieldDirectives, node));
    }
  },
});

const operationLimit: ValidationRule = (context) => {
  const rootFields = measure(context, { ofField: () => 1, ofSet: sum });
  const depth = measure(context, { ofField: (inner) => 1 + inner(), ofSet: largest });
  return {
    OperationDefinition: (node) => {
      const check = (what: string, found: number, most: number) => {
        if (found > most) context.reportError(tooMany(what, found, most, node));
      };
      check('variables', node.variableDefinitions?.length ?? 0, LIMITS.variables);
      const most = node.operation === 'mutation' ? LIMITS.mutationFields : LIMITS.queryFields;
      check('root fields', rootFields(node.selectionSet), most);
      check('levels', depth(node.selectionSet), LIMITS.depth);
    },
  };
};

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
const largest = (values: number[]) => Math.max(0, ...values);

type Measure = { ofField: (inner: () => number) => number; ofSet: (values: number[]) => number };

/**
 * A number for a selection set, each fragment measured once however often it is spread. Introspection counts as
 * nothing: what a playground asks is deep, and bounded by the schema.
 */
function measure(context: ValidationContext, { ofField, ofSet }: Measure) {
  const fragments = new Map<string, number>();
  const ofSelection = (selection: SelectionNode): number => {
    if (selection.kind === 'InlineFragment') return of(selection.selectionSet);
    if (selection.kind === 'FragmentSpread') return ofFragment(selection.name.value);
    if (selection.name.value.startsWith('__')) return 0;
    return ofField(() => (selection.selectionSet ? of(selection.selectionSet) : 0));
  };
  const ofFragment = (name: string): number => {
    const known = fragments.get(name);
    if (known !== undefined) return known;
    // Another rule refuses fragments that contain themselves; here they must only come to an end.
    fragments.set(name, 0);
    const fragment = context.getFragment(name);
    const value = fragment ? of(fragment.selectionSet) : 0;
    fragments.set(name, value);
    return value;
  };
  const of = (set: SelectionSetNode): number => ofSet(set.selections.map(ofSelection));
  return of;
}

export const limitRules = [aliasLimit, fragmentLimit, directiveLimit, fieldDirectiveLimit, operationLimit];
