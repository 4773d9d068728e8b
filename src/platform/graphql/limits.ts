import {
  type ASTNode,
  type DefinitionNode,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
  visit,
} from 'graphql';
import { LIMITS } from '../limits/limits.ts';
import { inputLimits } from './input-limits.ts';

export const parseOptions = { maxTokens: LIMITS.tokens };

/** One place is left for the word that there are more. */
export const validationOptions = { maxErrors: LIMITS.validationErrors - 1 };

type Counted = { what: string; found: number; most: number; at: ASTNode };

/**
 * How large an operation may be as a text; what it costs to answer is counted elsewhere. A document that is too large
 * is empty to all other rules: some of them take long over what is meant to take long.
 */
const textLimits: ValidationRule = (context) => ({
  Document: (document) => {
    const operations = document.definitions.filter(isOperation);
    const counted = [...countsOf(document), ...operations.flatMap(measuresOf(context))];
    const excesses = counted.filter(({ found, most }) => found > most);
    for (const excess of excesses) context.reportError(tooMany(excess));
    return excesses.length > 0 ? { ...document, definitions: [] } : undefined;
  },
});

const isOperation = (definition: DefinitionNode) => definition.kind === Kind.OPERATION_DEFINITION;

const tooMany = ({ what, found, most, at }: Counted) =>
  new GraphQLError(`An operation may have up to ${most} ${what}; this one has ${found}`, {
    nodes: at,
    extensions: { limit: most, found },
  });

function countsOf(document: DocumentNode): Counted[] {
  let aliases = 0;
  let directives = 0;
  let mostOnOne = 0;
  const ofOne = ({ directives: own = [] }: { directives?: readonly DirectiveNode[] | undefined }) => {
    directives += own.length;
    mostOnOne = Math.max(mostOnOne, own.length);
  };
  visit(document, {
    enter: (node, _key, parent) => {
      if ('directives' in node) ofOne(node as { directives?: readonly DirectiveNode[] });
      const isInline = parent && 'kind' in parent && parent.kind === Kind.INLINE_FRAGMENT;
      if (node.kind === Kind.SELECTION_SET && !isInline) aliases += aliasesIn(node);
    },
  });
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION).length;
  return [
    { what: 'aliases', found: aliases, most: LIMITS.aliases, at: document },
    { what: 'fragments', found: fragments, most: LIMITS.fragments, at: document },
    { what: 'directives', found: directives, most: LIMITS.directives, at: document },
    { what: 'directives in one place', found: mostOnOne, most: LIMITS.fieldDirectives, at: document },
  ];
}

/**
 * Fields with another name, and those with fields below them that are asked for again in one place, which is as much
 * work to validate. Clients put a __typename into each selection: only several in one count.
 */
function aliasesIn(set: SelectionSetNode): number {
  const fields = fieldsIn(set);
  const plain = fields.filter(({ alias }) => !alias);
  const typenames = plain.filter(({ name }) => name.value === '__typename').length;
  const parents = plain.filter(({ selectionSet }) => selectionSet).map(({ name }) => name.value);
  const repeated = parents.length - new Set(parents).size;
  return fields.length - plain.length + repeated + (typenames > 1 ? typenames : 0);
}

/** What stands in inline fragments is in the same place. */
const fieldsIn = ({ selections }: SelectionSetNode): FieldNode[] =>
  selections.flatMap((selection) => {
    if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsIn(selection.selectionSet);
    return selection.kind === Kind.FIELD ? [selection] : [];
  });

const measuresOf = (context: ValidationContext) => {
  const rootFields = measure(context, { ofField: () => 1, ofSet: sum });
  const depth = measure(context, { ofField: (inner) => 1 + inner(), ofSet: largest });
  const fields = measure(context, { ofField: (inner) => 1 + inner(), ofSet: sum });
  return (operation: OperationDefinitionNode): Counted[] => {
    const { selectionSet, variableDefinitions = [], operation: kind } = operation;
    const mostRootFields = kind === 'mutation' ? LIMITS.mutationFields : LIMITS.queryFields;
    return [
      { what: 'variables', found: variableDefinitions.length, most: LIMITS.variables, at: operation },
      { what: 'root fields', found: rootFields(selectionSet), most: mostRootFields, at: operation },
      { what: 'levels', found: depth(selectionSet), most: LIMITS.depth, at: operation },
      { what: 'fields', found: fields(selectionSet), most: LIMITS.fields, at: operation },
    ];
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
    if (selection.kind === Kind.INLINE_FRAGMENT) return of(selection.selectionSet);
    if (selection.kind === Kind.FRAGMENT_SPREAD) return ofFragment(selection.name.value);
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

export const limitRules = [textLimits, inputLimits];
