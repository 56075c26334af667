using IotAttest.Domain.Appraisal;
using IotAttest.Domain.Policies;

namespace IotAttest.Service.Appraisals;

/// <summary>The policies in force, as a snapshot that is replaced as a whole, and every version there ever was.</summary>
/// <param name="cadence">What the options of the verifier say.</param>
/// <param name="versions">All versions known at the start.</param>
internal sealed class PolicyDirectory(AppraisalPolicy cadence, IReadOnlyCollection<EvidencePolicy> versions)
{
    private Snapshot _snapshot = new(versions, cadence);

    /// <summary>What appraisal uses now.</summary>
    public AppraisalPolicy Current => Volatile.Read(ref _snapshot).Policy;

    /// <summary>All versions of all policies, in the order of their ids, newest first.</summary>
    public IEnumerable<EvidencePolicy> All => Volatile.Read(ref _snapshot).Versions.Values.OrderBy(policy => policy.Id, StringComparer.Ordinal).ThenByDescending(policy => policy.Version);

    /// <summary>One version, or null.</summary>
    public EvidencePolicy? Find(string id, int version) => Volatile.Read(ref _snapshot).Versions.GetValueOrDefault((id, version));

    /// <summary>The version in force, or null for a policy that there is not.</summary>
    public EvidencePolicy? Newest(string id) => Current.Book.Policies.FirstOrDefault(policy => policy.Id == id);

    /// <summary>Puts a new version in force. Called on the writer thread after the commit.</summary>
    public void Put(EvidencePolicy policy) => Volatile.Write(ref _snapshot, new Snapshot([.. _snapshot.Versions.Values, policy], cadence));

    /// <summary>Policies beside a cadence, named so that a result says what differs from the default.</summary>
    public static AppraisalPolicy Named(AppraisalPolicy cadence, PolicyBook book)
    {
        bool isStandard = cadence.AttestEvery == AppraisalPolicy.Default.AttestEvery && cadence.SilenceGrace == AppraisalPolicy.Default.SilenceGrace;
        string id = isStandard
            ? book.General.Name
            : FormattableString.Invariant($"urn:iotattest:policy:every-{cadence.AttestEvery.TotalSeconds}s-grace-{cadence.SilenceGrace.TotalSeconds}s:v{book.General.Version}");
        return cadence with { Id = id, Book = book };
    }

    private sealed class Snapshot
    {
        public Snapshot(IEnumerable<EvidencePolicy> versions, AppraisalPolicy cadence)
        {
            // The later one wins: what an operator submitted stands over what a later program ships under the same number.
            foreach (EvidencePolicy policy in versions)
            {
                Versions[(policy.Id, policy.Version)] = policy;
            }

            Policy = Named(cadence, new PolicyBook(Versions.Values.GroupBy(policy => policy.Id).Select(all => all.MaxBy(policy => policy.Version)!)));
        }

        public Dictionary<(string Id, int Version), EvidencePolicy> Versions { get; } = [];

        public AppraisalPolicy Policy { get; }
    }
}
