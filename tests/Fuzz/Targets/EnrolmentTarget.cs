using System.Security.Cryptography;
using System.Text;
using IotAttest.Service.Devices;
using IotAttest.Service.Problems;
using IotAttest.Service.Tests;

namespace IotAttest.Fuzz.Tests.Targets;

/// <summary>One line of an enrolment.</summary>
internal sealed class EnrolmentTarget : FuzzTarget
{
    private static readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private readonly Lazy<byte[][]> _words = new(() => JsonWords.Of(new EnrolmentTarget().Seeds));

    public override string Name => "enrolment";

    public override IEnumerable<byte[]> Seeds
    {
        get
        {
            string ueid = $"01{new string('a', 32)}";
            return new[] { Boards.Hmac(ueid, [.. Enumerable.Range(0, 32).Select(i => (byte)i)]), Boards.P256(ueid, Key).With("credential", new string('A', 43)).With("owner", "fleet") }
                .Select(record => Encoding.UTF8.GetBytes(record.ToJsonString()));
        }
    }

    public override byte[][] Words => _words.Value;

    public override long BaseBytes => 128 * 1024;

    public override Outcome Decode(byte[] input)
    {
        try
        {
            EnrolmentRecord record = EnrolmentRecord.Parse(input);
            return new Outcome(true, HashCode.Combine(record.Identity, record.Owner, record.Credential));
        }
        catch (ProblemException refusal)
        {
            return Outcome.Refused(refusal.Message);
        }
    }
}
