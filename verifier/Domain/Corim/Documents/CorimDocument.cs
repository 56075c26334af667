namespace IotAttest.Domain.Corim.Documents;

/// <summary>Everything an unsigned CoRIM says (draft-ietf-rats-corim-11), of this profile or of another tool.</summary>
/// <param name="Id">corim id as text; empty when the file is a single tag without a CoRIM around it.</param>
/// <param name="Profile">URI, or <c>oid:</c> and the hex of its content bytes; null when absent.</param>
/// <param name="IsProfileKnown">True when there is none, or one whose rules were applied
/// (those of this project's own profile beyond the draft are <see cref="BuildManifestReader"/>'s). Nothing of a file with an unknown profile
/// may be relied on (draft-11: reject all).</param>
/// <param name="NotBefore">Start of validity, or null.</param>
/// <param name="NotAfter">End of validity, or null.</param>
/// <param name="DependentRims">Places of other CoRIMs.</param>
/// <param name="Entities">Who made it: 1 manifest-creator, 2 manifest-signer.</param>
/// <param name="Comids">The CoMIDs.</param>
/// <param name="TagLists">The CoTLs.</param>
/// <param name="OtherTags">Tag numbers of what is carried beside (505 CoSWID, 507 CoTS); well-formed, no more.</param>
public sealed record CorimDocument(
    string Id,
    string? Profile,
    bool IsProfileKnown,
    DateTimeOffset? NotBefore,
    DateTimeOffset? NotAfter,
    IReadOnlyList<string> DependentRims,
    IReadOnlyList<CorimEntity> Entities,
    IReadOnlyList<ConciseMid> Comids,
    IReadOnlyList<TagList> TagLists,
    IReadOnlyList<ulong> OtherTags);
