using System.Text.Json;

namespace IotAttest.Domain.Advisories;

/// <summary>The vulnerabilities of a CSAF document and what it says of each product.</summary>
internal sealed class CsafVulnerabilities
{
    private const int MaxNotes = 1_000;

    /// <summary>Section 3.2.3.9; <c>recommended</c> says nothing about being affected.</summary>
    private static readonly (string Member, ProductStatus Status)[] Statuses =
    [
        ("first_affected", ProductStatus.Affected),
        ("known_affected", ProductStatus.Affected),
        ("last_affected", ProductStatus.Affected),
        ("first_fixed", ProductStatus.Fixed),
        ("fixed", ProductStatus.Fixed),
        ("known_not_affected", ProductStatus.NotAffected),
        ("under_investigation", ProductStatus.UnderInvestigation),
    ];

    private readonly AdvisoryFields _fields;
    private readonly CsafProductTree _tree;
    private readonly DateTimeOffset _at;

    private CsafVulnerabilities(AdvisoryFields fields, CsafProductTree tree, DateTimeOffset at)
    {
        _fields = fields;
        _tree = tree;
        _at = at;
    }

    internal List<AdvisoryVulnerability> Vulnerabilities { get; } = [];

    internal List<AdvisoryStatement> Statements { get; } = [];

    internal static CsafVulnerabilities Read(JsonElement root, CsafProductTree tree, DateTimeOffset at, AdvisoryFields fields)
    {
        CsafVulnerabilities read = new(fields, tree, at);
        foreach ((JsonElement item, string path) in fields.Objects(root, "", "vulnerabilities", AdvisoryReader.MaxVulnerabilities))
        {
            read.ReadOne(item, path);
        }

        return read;
    }

    private void ReadOne(JsonElement item, string path)
    {
        string id = NameOf(item, path);
        if (Vulnerabilities.Any(earlier => earlier.Id == id))
        {
            _fields.Fail(path + "cve", $"{id} twice", "each vulnerability once (CSAF 2.0 section 6.1.23)");
        }

        Vulnerabilities.Add(new AdvisoryVulnerability(
            id,
            AdvisoryFields.Prose(item, "title"),
            CvssSeverity.Of(item, path, _fields),
            ThreatOf(item, path),
            RemediationOf(item, path)));
        if (_fields.OptionalObject(item, path, "product_status") is { } status)
        {
            ReadStatus(id, status, path + "product_status.", ReasonsOf(item, path));
        }
    }

    private string NameOf(JsonElement item, string path)
    {
        string? cve = _fields.OptionalText(item, path, "cve");
        if (cve is not null && !VulnerabilityName.IsCve(cve))
        {
            _fields.Fail(path + "cve", $"\"{cve}\"", "a CVE id");
        }

        // The schema asks for one member at least; without any name, statements of two authors could not meet.
        IEnumerable<string> others = _fields.Objects(item, path, "ids", MaxNotes).Select(entry => _fields.Text(entry.Item, entry.Path, "text"));
        string name = VulnerabilityName.Of([.. cve is null ? [] : new[] { cve }, .. others]);
        if (name.Length == 0)
        {
            _fields.Fail(path + "cve", "neither \"cve\" nor \"ids\"", "a name for the vulnerability");
        }

        return name;
    }

    private void ReadStatus(string vulnerability, JsonElement status, string path, Dictionary<string, string> reasons)
    {
        Dictionary<string, ProductStatus> seen = new(StringComparer.Ordinal);
        foreach ((string member, ProductStatus meaning) in Statuses)
        {
            foreach ((string id, string place) in _fields.Texts(status, path, member, AdvisoryReader.MaxProducts))
            {
                if (_tree.Find(id, place) is { } product && Take(seen, id, meaning, place))
                {
                    Statements.Add(new AdvisoryStatement(vulnerability, product, meaning, _at, reasons.GetValueOrDefault(id, "")));
                }
            }
        }

        if (Statements.Count > AdvisoryReader.MaxStatements)
        {
            _fields.Fail(path, $"more than {AdvisoryReader.MaxStatements} statements in all", $"at most {AdvisoryReader.MaxStatements}", "Split the advisory.");
        }
    }

    /// <summary>Test 6.1.6: no product has two statuses that contradict each other. True for a statement that is new.</summary>
    private bool Take(Dictionary<string, ProductStatus> seen, string id, ProductStatus status, string path)
    {
        if (!seen.TryGetValue(id, out ProductStatus earlier))
        {
            seen[id] = status;
            return true;
        }

        if (earlier != status)
        {
            _fields.Fail(path, $"product \"{id}\" as {earlier} and {status}", "one status for a product and a vulnerability (CSAF 2.0 section 6.1.6)");
        }

        return false;
    }

    // Flags (3.2.3.5) say why something is not affected, remediations (3.2.3.12) what to do where it is.
    private Dictionary<string, string> ReasonsOf(JsonElement item, string path)
    {
        Dictionary<string, string> reasons = new(StringComparer.Ordinal);
        foreach ((JsonElement flag, string place) in _fields.Objects(item, path, "flags", MaxNotes))
        {
            string label = _fields.Text(flag, place, "label");
            foreach (string id in _tree.Named(flag, place))
            {
                reasons.TryAdd(id, label);
            }
        }

        foreach ((JsonElement remediation, string place) in _fields.Objects(item, path, "remediations", MaxNotes))
        {
            string text = $"{_fields.Text(remediation, place, "category")}: {AdvisoryFields.Prose(remediation, "details")}";
            foreach (string id in _tree.Named(remediation, place))
            {
                reasons.TryAdd(id, text);
            }
        }

        return reasons;
    }

    private string ThreatOf(JsonElement item, string path) => _fields.Objects(item, path, "threats", MaxNotes)
        .Where(threat => _fields.Text(threat.Item, threat.Path, "category") == "exploit_status")
        .Select(threat => AdvisoryFields.Prose(threat.Item, "details"))
        .FirstOrDefault(text => text.Length > 0, "");

    private string RemediationOf(JsonElement item, string path) => _fields.Objects(item, path, "remediations", MaxNotes)
        .Select(remediation => AdvisoryFields.Prose(remediation.Item, "details"))
        .FirstOrDefault(text => text.Length > 0, "");
}
