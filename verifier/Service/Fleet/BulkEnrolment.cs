using System.IO.Pipelines;
using IotAttest.Service.Access;
using IotAttest.Service.Devices;
using IotAttest.Service.Problems;

namespace IotAttest.Service.Fleet;

/// <summary>Enrols the lines of a file that is there as a whole; see <see cref="EnrolmentBatch"/> for one that is still coming in.</summary>
internal sealed class BulkEnrolment(Enrolment enrolment)
{
    private const int LinesPerChange = 256;

    public async Task<IReadOnlyList<EnrolmentLine>> EnrolAsync(Stream file, Caller caller, CancellationToken cancellation)
    {
        List<EnrolmentLine> answers = [];
        LineReader reader = new(PipeReader.Create(file), EnrolmentRecord.MaxBytes);
        List<(int Number, PreparedEnrolment Enrol)> batch = new(LinesPerChange);
        for (int number = 1; await reader.ReadAsync(cancellation) is { } line; number++)
        {
            if (line.IsTooLong || !line.Bytes.Span.Trim(" \t\r"u8).IsEmpty)
            {
                batch.Add((number, line.IsTooLong ? TooLong() : enrolment.Prepare(caller, line.Bytes)));
            }

            if (batch.Count == LinesPerChange)
            {
                await FlushAsync(batch, answers, cancellation);
            }
        }

        await FlushAsync(batch, answers, cancellation);
        return answers;
    }

    private async Task FlushAsync(List<(int Number, PreparedEnrolment Enrol)> batch, List<EnrolmentLine> answers, CancellationToken cancellation)
    {
        EnrolmentOutcome[] outcomes = await enrolment.EnrolAsync([.. batch.Select(line => line.Enrol)], cancellation);
        answers.AddRange(batch.Zip(outcomes, (line, outcome) => EnrolmentLine.Of(line.Number, outcome)));
        batch.Clear();
    }

    private static PreparedEnrolment TooLong() =>
        PreparedEnrolment.Refused(Enrolment.Refused(null, Refuse.TooLarge($"a line of more than {EnrolmentRecord.MaxBytes} bytes", "one enrolment record on each line").Problem));
}
