namespace IotAttest.Service.Products;

/// <summary>Whose components a list names: a product's, or those of one build of it.</summary>
/// <param name="ClassId">The class of the product.</param>
/// <param name="Build">The id of the build; null for the product.</param>
internal readonly record struct ComponentSubject(Guid ClassId, string? Build)
{
    public byte[] ClassBytes => ClassId.ToByteArray(bigEndian: true);
}
