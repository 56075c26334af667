-- What is found without regard to case is found by its lower-case form, in the same words on every engine.

DROP INDEX builds_by_product;
DROP INDEX sbom_components_by_name;
DROP INDEX sbom_components_by_purl;

CREATE INDEX builds_by_product ON builds (lower(product_name)) WHERE product_name IS NOT NULL;
CREATE INDEX sbom_components_by_name ON sbom_components (lower(name), build_id);
CREATE INDEX sbom_components_by_purl ON sbom_components (lower(purl)) WHERE purl IS NOT NULL;
