using System.Collections.Immutable;
using System.Text.Json;

namespace IotAttest.Domain.Advisories;

/// <summary>The products of a CSAF document by their id: from the flat list, the branches and the relationships.</summary>
internal sealed class CsafProductTree
{
    private const int MaxIdentifiers = 64;

    private readonly Dictionary<string, AdvisoryProduct> _products = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<string>> _groups = new(StringComparer.Ordinal);
    private readonly AdvisoryFields _fields;

    private CsafProductTree(AdvisoryFields fields) => _fields = fields;

    internal static CsafProductTree Read(JsonElement root, AdvisoryFields fields)
    {
        CsafProductTree read = new(fields);
        if (fields.OptionalObject(root, "", "product_tree") is { } tree)
        {
            foreach ((JsonElement product, string path) in fields.Objects(tree, "product_tree.", "full_product_names", AdvisoryReader.MaxProducts))
            {
                read.Add(product, path, new AdvisoryProduct("", ""));
            }

            read.ReadBranches(tree, "product_tree.", new AdvisoryProduct("", ""));
            read.ReadRelationships(tree);
            read.ReadGroups(tree);
        }

        return read;
    }

    /// <summary>Test 6.1.1: an id that nothing defines is refused.</summary>
    internal AdvisoryProduct? Find(string id, string path)
    {
        if (!_products.TryGetValue(id, out AdvisoryProduct? product))
        {
            _fields.Fail(path, $"product id \"{id}\"", "an id that product_tree defines (CSAF 2.0 section 6.1.1)");
        }

        return product;
    }

    /// <summary>The products that a flag, threat or remediation is about: <c>product_ids</c> and those of <c>group_ids</c>.</summary>
    internal IEnumerable<string> Named(JsonElement item, string path)
    {
        foreach ((string id, string place) in _fields.Texts(item, path, "product_ids", AdvisoryReader.MaxProducts))
        {
            if (Find(id, place) is not null)
            {
                yield return id;
            }
        }

        foreach ((string group, string place) in _fields.Texts(item, path, "group_ids", AdvisoryReader.MaxProducts))
        {
            if (!_groups.TryGetValue(group, out ImmutableArray<string> members))
            {
                _fields.Fail(place, $"group id \"{group}\"", "an id that product_groups defines (CSAF 2.0 section 6.1.4)");
                yield break;
            }

            foreach (string id in members)
            {
                yield return id;
            }
        }
    }

    // Branches hold branches; the depth of the JSON bounds the recursion.
    private void ReadBranches(JsonElement parent, string path, AdvisoryProduct above)
    {
        foreach ((JsonElement branch, string place) in _fields.Objects(parent, path, "branches", AdvisoryReader.MaxProducts))
        {
            AdvisoryProduct here = Within(above, _fields.Text(branch, place, "category"), _fields.Text(branch, place, "name"));
            if (_fields.OptionalObject(branch, place, "product") is { } product)
            {
                Add(product, place + "product.", here);
            }

            ReadBranches(branch, place, here);
        }
    }

    private static AdvisoryProduct Within(AdvisoryProduct above, string category, string name) => category switch
    {
        "vendor" => above with { Vendor = name },
        "product_name" => above with { ProductName = name },
        "product_version" => above with { Versions = VersionRange.Exact(name) },
        "product_version_range" => above with { Versions = VersionRange.Parse(name) },
        _ => above,
    };

    private void Add(JsonElement product, string path, AdvisoryProduct above)
    {
        string id = _fields.Text(product, path, "product_id");
        AdvisoryProduct read = above with { Id = id, Name = _fields.Text(product, path, "name") };
        if (_fields.OptionalObject(product, path, "product_identification_helper") is { } helper)
        {
            read = WithHelper(read, helper, path + "product_identification_helper.");
        }

        Put(id, path, read);
    }

    // Section 3.1.3.3.
    private AdvisoryProduct WithHelper(AdvisoryProduct product, JsonElement helper, string path)
    {
        foreach (string name in (ReadOnlySpan<string>)["purl", "cpe"])
        {
            product = _fields.OptionalText(helper, path, name) is { } text ? product.With(text) : product;
        }

        foreach ((JsonElement hashes, string place) in _fields.Objects(helper, path, "hashes", MaxIdentifiers))
        {
            product = product.WithDigests(_fields.Objects(hashes, place, "file_hashes", MaxIdentifiers)
                .Select(hash => ProductIdentifiers.Sha256Of(_fields.Text(hash.Item, hash.Path, "algorithm"), _fields.Text(hash.Item, hash.Path, "value"))));
        }

        foreach (string name in (ReadOnlySpan<string>)["model_numbers", "skus"])
        {
            product = product with { Uuids = [.. product.Uuids, .. _fields.Texts(helper, path, name, MaxIdentifiers).Select(entry => ProductIdentifiers.UuidOf(entry.Text)).OfType<Guid>()] };
        }

        foreach ((JsonElement uri, string place) in _fields.Objects(helper, path, "x_generic_uris", MaxIdentifiers))
        {
            product = product.With(_fields.Text(uri, place, "uri"));
        }

        return product;
    }

    // Section 3.2.2.4. A relationship refers to what was defined before or after it, never to itself (test 6.1.3): those that resolve are
    // taken until none is left or none resolves.
    private void ReadRelationships(JsonElement tree)
    {
        List<(JsonElement Item, string Path)> open = [.. _fields.Objects(tree, "product_tree.", "relationships", AdvisoryReader.MaxProducts)];
        bool hasProgress = true;
        while (open.Count > 0 && hasProgress && !_fields.HasFailed)
        {
            List<(JsonElement Item, string Path)> left = [.. open.Where(entry => !TryAddRelationship(entry.Item, entry.Path))];
            hasProgress = left.Count < open.Count;
            open = left;
        }

        if (open.Count > 0)
        {
            _fields.Fail(open[0].Path, "a reference to a product that is not defined, or to itself", "references that product_tree resolves (CSAF 2.0 sections 6.1.1 and 6.1.3)");
        }
    }

    private bool TryAddRelationship(JsonElement relationship, string path)
    {
        string category = _fields.Text(relationship, path, "category");
        string part = _fields.Text(relationship, path, "product_reference");
        string whole = _fields.Text(relationship, path, "relates_to_product_reference");
        if (_fields.HasFailed || !_products.TryGetValue(part, out AdvisoryProduct? component) || !_products.TryGetValue(whole, out AdvisoryProduct? container))
        {
            return false;
        }

        JsonElement named = _fields.Object(relationship, path, "full_product_name");
        Add(named, path + "full_product_name.", component with { Within = container, IsAlwaysWithin = category == "default_component_of" });
        return true;
    }

    private void ReadGroups(JsonElement tree)
    {
        foreach ((JsonElement group, string path) in _fields.Objects(tree, "product_tree.", "product_groups", AdvisoryReader.MaxProducts))
        {
            string id = _fields.Text(group, path, "group_id");
            ImmutableArray<string> members = [.. _fields.Texts(group, path, "product_ids", AdvisoryReader.MaxProducts).Where(entry => Find(entry.Text, entry.Path) is not null).Select(entry => entry.Text)];
            if (!_groups.TryAdd(id, members))
            {
                _fields.Fail(path + "group_id", $"\"{id}\" twice", "each group id once (CSAF 2.0 section 6.1.5)");
            }
        }
    }

    private void Put(string id, string path, AdvisoryProduct product)
    {
        if (_fields.HasFailed)
        {
            return;
        }

        if (_products.Count == AdvisoryReader.MaxProducts)
        {
            _fields.Fail(path, $"more than {AdvisoryReader.MaxProducts} products", $"at most {AdvisoryReader.MaxProducts}");
        }
        else if (!_products.TryAdd(id, product))
        {
            _fields.Fail(path + "product_id", $"\"{id}\" twice", "each product id once (CSAF 2.0 section 6.1.2)");
        }
    }
}
