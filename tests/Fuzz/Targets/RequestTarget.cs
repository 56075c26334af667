using IotAttest.Service.Access;
using IotAttest.Service.Advisories.Incidents;
using IotAttest.Service.Appraisals;
using IotAttest.Service.Builds;
using IotAttest.Service.Cases;
using IotAttest.Service.Certificates;
using IotAttest.Service.Certificates.Applications;
using IotAttest.Service.DeviceCertificates;
using IotAttest.Service.Devices;
using IotAttest.Service.Gate;
using IotAttest.Service.Hosting;
using IotAttest.Service.Laboratories;
using IotAttest.Service.Organisations;
using IotAttest.Service.Problems;
using IotAttest.Service.Products;
using IotAttest.Service.Webhooks;
using Replay = IotAttest.Service.Appraisals.ReplayRequest;

namespace IotAttest.Fuzz.Tests.Targets;

/// <summary>Every other JSON body of the service: the first byte chooses which, the rest is the body.</summary>
internal sealed class RequestTarget : FuzzTarget
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly WebhookTarget Webhooks = new(new VerifierOptions());

    private static readonly (string Sample, Func<ReadOnlyMemory<byte>, object> Parse)[] Bodies =
    [
        ("""{"name":"ci","roles":["manufacturer"],"expires":"2027-01-01T00:00:00Z","person":"Kim"}""", json => TokenRequest.Parse(json, Now)),
        ("""{"id":"urn:x:policy","version":1,"scheme":"demo","level":"high","minimumEvidenceStrength":"native"}""", json => PolicyRequest.Parse(json)),
        ("""{"policy":"urn:x:policy:v1","since":"2026-11-01T00:00:00Z","until":"2026-11-22T00:00:00Z"}""", json => Replay.Parse(json)),
        ("""{"class":"3a027440-72b9-4f97-9da0-8c5b58d2cd3b","securityVersion":3}""", json => MinimumRequest.Parse(json)),
        ("""{"reason":"fault in the update"}""", json => ReasonRequest.Parse(json)),
        ("""{"by":"3a027440-72b9-4f97-9da0-8c5b58d2cd3b","graceDays":30}""", json => SupersedeRequest.Parse(json)),
        ("""{"action":"assign","person":"Kim","reason":"x"}""", json => CaseActionRequest.Parse(json)),
        ("""{"type":"complaint","certificate":"DEMO-2026-0001","text":"It is wrong."}""", json => CaseRequest.Parse(json)),
        ("""{"decision":"suspend","reason":"x","until":"2026-12-01T00:00:00Z"}""", json => CertificateDecisionRequest.Parse(json)),
        ("""{"name":"root","certificates":"-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----"}""", json => DeviceCaRequest.Parse(json, "acme", Now)),
        ("""{"chain":"-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----","credential":"AAAA"}""", json => IDevIdRequest.Parse(json)),
        ("""{"group":"hall-3"}""", json => GroupRequest.Parse(json)),
        ("""{"key":{"kty":"oct","k":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"}}""", json => RekeyRequest.Parse(json, $"01{new string('a', 32)}")),
        ("""{"ueids":["01aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"],"mode":"enforce","scheme":"demo","level":"basic"}""", json => GateRequest.Parse(json)),
        ("""{"id":"lab","scheme":"demo","from":"2026-01-01","until":"2028-01-01"}""", json => AccreditationRequest.Parse(json)),
        ("""{"id":"acme","name":"Acme","roles":["manufacturer"],"keys":["-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----"]}""", json => OrganisationRequest.Parse(json)),
        ("""{"decision":"confirm","reason":"x"}""", json => ComponentDecisionRequest.Parse(json)),
        ("""{"components":[{"name":"mbedtls","version":"3.6.0","status":"uncertified"}]}""", json => ComponentListRequest.Parse(json)),
        ("""{"name":"Thermostat","gtin":"04012345678901","address":"https://acme.example/t","supportUntil":"2030-01-01"}""", json => ProductRequest.Parse(json)),
        ("""{"until":"2031-01-01","reason":"x"}""", json => SupportRequest.Parse(json)),
        ("""{"since":"0"}""", json => Service.Webhooks.ReplayRequest.Parse(json, 100)),
        ("""{"url":"https://example.com/hook","types":["build.submitted"]}""", json => WebhookRequest.Parse(json, Webhooks)),
        ("""{"step":"assessed","at":"2026-11-22T00:00:00Z","note":"x"}""", json => StepRequest.Parse(json)),
        ("""{"scheme":"demo","level":"basic","build":"3a027440-72b9-4f97-9da0-8c5b58d2cd3b","laboratory":"lab"}""", json => ApplicationRequest.Parse(json)),
        ("""{"step":"accept","reason":"x"}""", json => ApplicationStepRequest.Parse(json)),
    ];

    private readonly Lazy<byte[][]> _words = new(() => JsonWords.Of(new RequestTarget().Seeds));

    public override string Name => "requests";

    public override IEnumerable<byte[]> Seeds => Bodies.Select((body, index) => (byte[])[(byte)index, .. System.Text.Encoding.UTF8.GetBytes(body.Sample)]);

    public override byte[][] Words => _words.Value;

    public override long BaseBytes => 256 * 1024;

    public override long BytesPerByte => 256;

    public override Outcome Decode(byte[] input)
    {
        if (input.Length == 0)
        {
            return default;
        }

        try
        {
            return new Outcome(true, Bodies[input[0] % Bodies.Length].Parse(input.AsMemory(1)).GetType().GetHashCode());
        }
        catch (ProblemException refusal)
        {
            return Outcome.Refused(refusal.Message);
        }
    }
}
