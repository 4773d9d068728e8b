import {
  concatAST,
  type GraphQLNamedType,
  getNamedType,
  isInputObjectType,
  isScalarType,
  isSpecifiedScalarType,
  NoDeprecatedCustomRule,
  specifiedRules,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { expect, it } from 'vitest';
import { resolvers } from '../../src/domains/registry.ts';
import { buildSchema } from '../../src/platform/graphql/schema.ts';
import { blocksOf, readHere } from './markdown.ts';
import { operations, recipes } from './recipe-files.ts';

const schema = buildSchema(resolvers);
const all = concatAST(recipes.map(({ document }) => document));

it('asks for nothing that the contract does not have, or has but deprecates', () => {
  expect(validate(schema, all, [...specifiedRules, NoDeprecatedCustomRule])).toEqual([]);
});

it('has each operation in a file of its name', () => {
  for (const { name, document } of operations) {
    const names = document.definitions.map((one) => ('name' in one ? one.name?.value : undefined));
    expect(names).toEqual([name]);
  }
});

/** Of names that come to stand in generated code, as a class, a property or an argument of a function. */
function namesIn(): string[] {
  const names = new Set<string>();
  visit(all, {
    OperationDefinition: ({ name }) => void names.add(name?.value ?? ''),
    FragmentDefinition: ({ name }) => void names.add(name.value),
    Field: ({ name, alias }) => void names.add((alias ?? name).value),
    Variable: ({ name }) => void names.add(name.value),
  });
  for (const type of typesUsed().filter(isInputObjectType))
    for (const field of Object.keys(type.getFields())) names.add(field);
  return [...names];
}

/** Every type that the operations meet, in their answers and in what they are given. */
function typesUsed(): GraphQLNamedType[] {
  const types = new Set<GraphQLNamedType>();
  const info = new TypeInfo(schema);
  const add = (type: GraphQLNamedType) => {
    if (types.has(type)) return;
    types.add(type);
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields())) add(getNamedType(field.type));
  };
  visit(
    all,
    visitWithTypeInfo(info, {
      Field: () => {
        const type = info.getType();
        if (type) add(getNamedType(type));
      },
      VariableDefinition: () => {
        const type = info.getInputType();
        if (type) add(getNamedType(type));
      },
    }),
  );
  return [...types];
}

const KOTLIN =
  'as break class continue do else false for fun if in interface is null object package return super this throw true try typealias typeof val var when while';
const SWIFT =
  'Any as associatedtype break case catch class continue default defer deinit do else enum extension fallthrough false fileprivate for func guard if import in init inout internal is let nil open operator private precedencegroup protocol public repeat rethrows return Self self static struct subscript super switch throw throws true try typealias var where while Type Protocol';
/** What Apollo's generators put beside the fields of their own classes. */
const GENERATED =
  '__data fragments asRootEntityType _dataDict hash schema data selections operation document';

it('uses no name that Kotlin, Swift or their generators keep for themselves', () => {
  const reserved = new Set(`${KOTLIN} ${SWIFT} ${GENERATED}`.split(' '));
  expect(namesIn().filter((name) => reserved.has(name))).toEqual([]);
});

it('has no two names that differ by case alone, for one would overwrite the file of the other', () => {
  const names = recipes.flatMap(({ document }) =>
    document.definitions.map((one) => ('name' in one ? (one.name?.value ?? '') : '')),
  );
  expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
  const types = new Set(Object.keys(schema.getTypeMap()));
  expect(names.filter((name) => types.has(name))).toEqual([]);
});

const GUIDE = 'docs/api.md';

it('says in the guide what each scalar becomes in each language, and maps it there', () => {
  const scalars = Object.values(schema.getTypeMap()).filter(
    (type) => isScalarType(type) && !isSpecifiedScalarType(type),
  );
  const rows = [...readHere(GUIDE).matchAll(/^\| `(\w+)` \|(.+\|){4}$/gm)].map(([, name]) => name);
  expect(rows.sort()).toEqual(scalars.map(({ name }) => name).sort());
  const kotlin = blocksOf(GUIDE).find(({ lang }) => lang === 'kotlin')?.text ?? '';
  const mapped = [...kotlin.matchAll(/mapScalar\w*\("(\w+)"/g)].map(([, name = '']) => name);
  const used = typesUsed().filter((type) => isScalarType(type) && !isSpecifiedScalarType(type));
  expect(used.map(({ name }) => name).filter((name) => !mapped.includes(name))).toEqual([]);
});
