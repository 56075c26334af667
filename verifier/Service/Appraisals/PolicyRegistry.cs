using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using IotAttest.Domain.Certificates.Schemes;
using IotAttest.Domain.Policies;
using IotAttest.Service.Access;
using IotAttest.Service.Devices;
using IotAttest.Service.Problems;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Appraisals;

/// <summary>Takes new versions of policies and shows all of them. A version is never changed; every board is appraised again when one comes.</summary>
internal sealed class PolicyRegistry(StoreWriter writer, Database database, PolicyDirectory directory, DeviceDirectory devices, ReappraisalQueue queue, TimeProvider clock)
{
    public PolicyListView List()
    {
        Dictionary<(string, int), PolicyRow> rows = Rows();
        return new PolicyListView([.. directory.All.Select(policy => View(policy, rows))]);
    }

    /// <exception cref="ProblemException">No such policy or version.</exception>
    public PolicyView Find(string id, string version) =>
        int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && directory.Find(id, number) is { } policy
            ? View(policy, Rows())
            : throw Refuse.NotFound("no policy of that id and version", "one of GET /v1/policies");

    /// <exception cref="ProblemException">Not the next version, or of a level that there is not.</exception>
    public async Task<PolicyView> SubmitAsync(Caller caller, PolicyRequest request, CancellationToken cancellation)
    {
        EvidencePolicy policy = request.Policy;
        if (policy.Scheme is { } scheme && SchemeCatalogue.Default.FindLevel(scheme, policy.Level!) is null)
        {
            throw Refuse.Unacceptable("NoSuchLevel", $"a policy for level \"{policy.Level}\" of scheme \"{scheme}\"", "a level of GET /v1/schemes", "Correct \"scheme\" and \"level\".");
        }

        PolicyRow row = new()
        {
            Id = policy.Id,
            Version = policy.Version,
            Document = JsonSerializer.SerializeToUtf8Bytes(PolicyDocument.Write(policy)),
            SubmittedAt = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            SubmittedBy = caller.PublicName,
            Reason = request.Reason,
        };
        await writer.ExecuteAsync((connection, transaction) => Add(connection, transaction, row), _ => Publish(policy), cancellation);
        return PolicyView.Of(policy, isInForce: true, row);
    }

    private bool Add(DbConnection connection, DbTransaction transaction, PolicyRow row)
    {
        // Asked of the table too: another version may be in this very transaction.
        int newest = Math.Max(directory.Newest(row.Id)?.Version ?? 0, PolicyTable.NewestVersion(connection, transaction, row.Id));
        if (row.Version != newest + 1)
        {
            throw Refuse.Conflict($"version {row.Version} of policy {row.Id}", $"version {newest + 1}, the next one", "A version is never changed: submit the next one.");
        }

        PolicyTable.Add(connection, transaction, row);
        return true;
    }

    private void Publish(EvidencePolicy policy)
    {
        directory.Put(policy);
        foreach (string manufacturer in devices.All.Select(device => device.Identity.Manufacturer).Distinct())
        {
            queue.Request(manufacturer);
        }
    }

    private Dictionary<(string, int), PolicyRow> Rows()
    {
        using DbConnection connection = database.Open();
        return PolicyTable.List(connection).ToDictionary(row => (row.Id, (int)row.Version));
    }

    private PolicyView View(EvidencePolicy policy, Dictionary<(string, int), PolicyRow> rows) =>
        PolicyView.Of(policy, directory.Newest(policy.Id)?.Version == policy.Version, rows.GetValueOrDefault((policy.Id, policy.Version)));
}
