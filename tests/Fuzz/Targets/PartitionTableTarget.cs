using IotAttest.Domain.Images;
using IotAttest.Domain.Tests.Boards;

namespace IotAttest.Fuzz.Tests.Targets;

/// <summary>ESP-IDF partition tables.</summary>
internal sealed class PartitionTableTarget : FuzzTarget
{
    private const int EntryBytes = EspPartitionTable.EntryBytes;

    public override string Name => "partitions";

    public override IEnumerable<byte[]> Seeds => [EspPartitionTableWriter.FromBoard(BoardFiles.Read(BoardFiles.Esp32S3))];

    public override byte[][] Words => [[0xAA, 0x50], [0xEB, 0xEB], [0xff, 0xff, 0xff, 0xff], [0, 0, 1, 0], [0, 0x10, 0, 0], "factory\0"u8.ToArray()];

    public override Outcome Decode(byte[] input) => EspPartitionTable.TryRead(input, out EspPartitionTable? table, out ImageError? error)
        ? new Outcome(true, table.Partitions.Aggregate(0, HashCode.Combine))
        : Outcome.Refused(error);

    public override void CheckAccepted(byte[] input)
    {
        EspPartitionTable.TryRead(input, out EspPartitionTable? table, out _);
        byte[] again = EspPartitionTableWriter.Write(table!.Partitions);
        Hold.True(EspPartitionTable.TryRead(again, out EspPartitionTable? read, out _) && read.Partitions.SequenceEqual(table.Partitions), "an accepted table is not read back from what the writer makes of it");
    }

    // The MD5 entry covers the entries before it.
    public override void Repair(byte[] input, Random random)
    {
        for (int at = 0; at + EntryBytes <= input.Length && random.Next(8) != 0; at += EntryBytes)
        {
            if (input[at] == 0xEB && input[at + 1] == 0xEB)
            {
                EspPartitionTable.Md5Of(input.AsSpan(0, at)).CopyTo(input, at + 16);
                return;
            }
        }
    }
}
