using IotAttest.Domain.ReferenceValues;

namespace IotAttest.Service.Certificates;

/// <summary>What a submission or a decision did.</summary>
/// <param name="Id">The certificate.</param>
/// <param name="IsNew">A certificate that was not there before.</param>
/// <param name="Proposal">The proposal that waits for a second person; nothing else happened then.</param>
/// <param name="Manufacturer">Whose reference values changed; empty when none did.</param>
/// <param name="Builds">The builds whose certificates changed, as they are now; null when none did.</param>
internal sealed record RegistryChange(string Id, bool IsNew = false, ProposalRow? Proposal = null, string Manufacturer = "", IReadOnlyList<ReferenceBuild>? Builds = null);
