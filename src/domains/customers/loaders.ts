import { defineLoader } from '../../platform/graphql/loader.ts';
import { findAddressBooks } from './address-book.ts';

export const addressBookOf = defineLoader(findAddressBooks, ({ userId }) => userId);
