/** Stages' expression: all pieces of a product at their base price, in minor units. */
export const valueOfStock = {
  $sum: {
    $map: {
      input: '$variants',
      as: 'variant',
      in: {
        $multiply: [
          '$$variant.inventory.quantity',
          { $ifNull: ['$$variant.pricing.basePrice', '$pricing.basePrice'] },
        ],
      },
    },
  },
};
