using System.Text;
using IotAttest.Domain.Sbom;

namespace IotAttest.Domain.Tests.Sbom;

public sealed class SbomReaderTests
{
    private const string CycloneDx = """
        {"bomFormat":"CycloneDX","specVersion":"1.6","version":1,"serialNumber":"urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79",
        "metadata":{"component":{"type":"firmware","name":"Thermostat","version":"1.2.0"}},
        "components":[
         {"type":"library","name":"mbedtls","version":"3.6.0","purl":"pkg:github/Mbed-TLS/mbedtls@v3.6.0","hashes":[{"alg":"SHA-256","content":"AB01"}],
          "components":[{"type":"library","name":"everest","version":"1.0"}]},
         {"type":"library","name":"lwip","purl":""}],
        "dependencies":[{"ref":"x"}]}
        """;

    private const string Spdx = """
        {"spdxVersion":"SPDX-2.3","SPDXID":"SPDXRef-DOCUMENT","name":"t","packages":[
         {"SPDXID":"SPDXRef-1","name":"mbedtls","versionInfo":"3.6.0","primaryPackagePurpose":"LIBRARY","checksums":[{"algorithm":"SHA256","checksumValue":"ab01"}],
          "externalRefs":[{"referenceCategory":"SECURITY","referenceType":"cpe23Type","referenceLocator":"cpe:2.3:a:x"},{"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl","referenceLocator":"pkg:generic/mbedtls@3.6.0"}]},
         {"SPDXID":"SPDXRef-2","name":"lwip","versionInfo":"NOASSERTION"}]}
        """;

    [Fact]
    public void CycloneDX_gives_the_subject_and_all_components_also_nested_ones()
    {
        SbomDocument sbom = Read(CycloneDx);

        Assert.Equal("CycloneDX 1.6", sbom.Format);
        Assert.Equal(["Thermostat 1.2.0 firmware", "mbedtls 3.6.0 library", "everest 1.0 library", "lwip  library"], sbom.Components.Select(component => $"{component.Name} {component.Version} {component.Type}"));
        Assert.Equal("pkg:github/Mbed-TLS/mbedtls@v3.6.0", sbom.Components[1].Purl);
        Assert.Equal("ab01", sbom.Components[1].Hashes["SHA-256"]);
        Assert.Null(sbom.Components[3].Purl);
    }

    [Fact]
    public void SPDX_gives_its_packages()
    {
        SbomDocument sbom = Read(Spdx);

        Assert.Equal("SPDX 2.3", sbom.Format);
        Assert.Equal(["mbedtls 3.6.0 library", "lwip  "], sbom.Components.Select(component => $"{component.Name} {component.Version} {component.Type}"));
        Assert.Equal(("pkg:generic/mbedtls@3.6.0", "ab01"), (sbom.Components[0].Purl, sbom.Components[0].Hashes["SHA-256"]));
    }

    [Theory]
    [InlineData("", "file")]
    [InlineData("[]", "file")]
    [InlineData("{}", "file")]
    [InlineData("""{"bomFormat":"CycloneDX","specVersion":"1.3"}""", "specVersion")]
    [InlineData("""{"bomFormat":"Other","specVersion":"1.6"}""", "specVersion")]
    [InlineData("""{"bomFormat":"CycloneDX","specVersion":1.6}""", "specVersion")]
    [InlineData("""{"spdxVersion":"SPDX-3.0"}""", "spdxVersion")]
    [InlineData("""{"spdxVersion":"SPDX-2.3","packages":{}}""", "packages")]
    [InlineData("""{"spdxVersion":"SPDX-2.3","packages":[1]}""", "packages[0]")]
    [InlineData("""{"spdxVersion":"SPDX-2.3","packages":[{"versionInfo":"1"}]}""", "packages[0].name")]
    [InlineData("""{"spdxVersion":"SPDX-2.3","packages":[{"name":"a","name":"b"}]}""", "file")]
    [InlineData("""{"spdxVersion":"SPDX-2.3","packages":[{"name":"\u001b[2J"}]}""", "packages[0].name")]
    [InlineData("""{"spdxVersion":"SPDX-2.3","packages":[{"name":"\ud800"}]}""", "file")]
    [InlineData("""{"spdxVersion":"SPDX-2.3","packages":[{"name":"a","checksums":[{"algorithm":"SHA1","checksumValue":"xyz"}]}]}""", "packages[0].checksums[0].checksumValue")]
    public void What_is_no_bill_of_materials_is_refused_with_its_place(string text, string path)
    {
        Assert.False(SbomReader.TryRead(Encoding.UTF8.GetBytes(text), out _, out SbomError? error));

        Assert.Equal(path, error.Path);
    }

    [Theory]
    [InlineData(1024, true)]
    [InlineData(1025, false)]
    public void A_name_has_at_most_1024_characters(int length, bool expected) =>
        Assert.Equal(expected, IsRead($$"""{"spdxVersion":"SPDX-2.3","packages":[{"name":"{{new string('a', length)}}"}]}"""));

    [Theory]
    [InlineData(SbomReader.MaxComponents, true)]
    [InlineData(SbomReader.MaxComponents + 1, false)]
    public void There_are_at_most_20000_components(int count, bool expected) =>
        Assert.Equal(expected, IsRead($$"""{"spdxVersion":"SPDX-2.3","packages":[{{string.Join(',', Enumerable.Repeat("""{"name":"a"}""", count))}}]}"""));

    [Fact]
    public void Depth_and_size_are_bounded()
    {
        string deep = string.Concat(Enumerable.Repeat("""{"name":"a","components":[""", 40)) + string.Concat(Enumerable.Repeat("]}", 40));

        Assert.False(IsRead($$"""{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{{deep}}]}"""));
        Assert.False(SbomReader.TryRead(new byte[SbomReader.MaxBytes + 1], out _, out SbomError? error));
        Assert.Equal("file", error.Path);
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        byte[] file = Encoding.UTF8.GetBytes(CycloneDx);

        Assert.All(Enumerable.Range(0, file.Length), length => Assert.False(SbomReader.TryRead(file.AsMemory(0, length), out _, out _)));
    }

    private static bool IsRead(string text) => SbomReader.TryRead(Encoding.UTF8.GetBytes(text), out _, out _);

    private static SbomDocument Read(string text)
    {
        Assert.True(SbomReader.TryRead(Encoding.UTF8.GetBytes(text), out SbomDocument? sbom, out SbomError? error), error?.ToString());
        return sbom;
    }
}
