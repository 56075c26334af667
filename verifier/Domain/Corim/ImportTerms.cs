namespace IotAttest.Domain.Corim;

/// <summary>What the manufacturer says at submission about a CoRIM without a profile, because the file cannot say it in our terms.</summary>
/// <param name="ClassId">The product class that the file's class-id stands for; null when the class-id is the class UUID itself.</param>
/// <param name="Version">Version text of the build, 1 to 128 bytes.</param>
/// <param name="SecurityVersion">Security version of the build.</param>
public sealed record ImportTerms(Guid? ClassId, string Version, ulong SecurityVersion);
