namespace IotAttest.Domain.Corim.Documents;

/// <summary>An organisation and its roles in making a document.</summary>
public sealed record CorimEntity(string Name, string? RegistrationId, IReadOnlyList<long> Roles);
