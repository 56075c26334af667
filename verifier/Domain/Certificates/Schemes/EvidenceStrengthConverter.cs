using System.Text.Json;
using System.Text.Json.Serialization;
using IotAttest.Domain.Devices;

namespace IotAttest.Domain.Certificates.Schemes;

/// <summary>Reads and writes evidence strengths with the words of enrolment.</summary>
public sealed class EvidenceStrengthConverter : JsonConverter<EvidenceStrength>
{
    /// <inheritdoc/>
    public override EvidenceStrength Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        EnrolmentWords.TryParseStrength(reader.GetString(), out EvidenceStrength strength) ? strength : throw new JsonException($"\"{reader.GetString()}\" is no evidence strength");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, EvidenceStrength value, JsonSerializerOptions options) => writer.WriteStringValue(value.Word());
}
