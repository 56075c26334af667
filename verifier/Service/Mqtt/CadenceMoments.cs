using System.Buffers.Binary;
using System.Text;
using IotAttest.Domain.Appraisal;
using IotAttest.Service.Storage;

namespace IotAttest.Service.Mqtt;

/// <summary>At which moment of an interval a board is challenged: nobody can tell without secrets.key, and every verifier that has it, which is every one of the same database, tells the same.
/// So another verifier goes on with the boards of one that is gone without a plan from it.</summary>
/// <remarks>Intervals are counted from 1970 and shared by all boards; the moment within each is the board's own.</remarks>
internal sealed class CadenceMoments(SecretBox secrets, AppraisalPolicy policy)
{
    // Marks are of keys, 32 bytes; nothing of that length is asked for here.
    private static readonly byte[] Label = "iotattest cadence v1"u8.ToArray();

    private readonly long _intervalMs = (long)policy.AttestEvery.TotalMilliseconds;

    /// <summary>The board's moment in the next interval, ms since 1970.</summary>
    public long Next(string ueid, DateTimeOffset now) => In((now.ToUnixTimeMilliseconds() / _intervalMs) + 1, ueid);

    /// <summary>The board's moment in this interval when it is to come, or not past by more than this; else the one in the next.</summary>
    public long Pending(string ueid, DateTimeOffset now, TimeSpan past)
    {
        long moment = In(now.ToUnixTimeMilliseconds() / _intervalMs, ueid);
        return moment >= (now - past).ToUnixTimeMilliseconds() ? moment : Next(ueid, now);
    }

    private long In(long interval, string ueid)
    {
        Span<byte> input = stackalloc byte[Label.Length + sizeof(long) + ueid.Length];
        Label.CopyTo(input);
        BinaryPrimitives.WriteInt64BigEndian(input[Label.Length..], interval);
        Encoding.ASCII.GetBytes(ueid, input[(Label.Length + sizeof(long))..]);
        ulong drawn = BinaryPrimitives.ReadUInt64BigEndian(secrets.Mark(input));
        return (interval * _intervalMs) + (long)(drawn % (ulong)_intervalMs);
    }
}
