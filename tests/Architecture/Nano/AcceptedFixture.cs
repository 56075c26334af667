#nullable disable // boards compile this too: C# 9, nothing implicit
#pragma warning disable IDE0161, IDE0300 // language that boards do not have
namespace IotAttest.Architecture.Tests.Nano
{
    internal delegate void AcceptedHandler(int value);

    /// <summary>Code that boards run well, close to what is refused: an own delegate, an event, a lock, jagged arrays, wrapping sums,
    /// casts stored before use, a static constructor that only computes.</summary>
    internal sealed class AcceptedFixture
    {
        private static readonly int[][] Jagged = new int[][] { new int[] { 1, 2 }, new int[] { 3 } };
        private readonly object _gate = new object();

        public event AcceptedHandler Changed;

        public static int Signed(uint value)
        {
            int signed = (int)(value - 10);
            return (signed >> 1) + (signed % 4) + (int)(value / 3) + (int)(value % 3) + (int)(value >> 1);
        }

        public static long Wide(byte value, uint word) => (value % 3) + (value >> 1) + (long)word;

        public int Sum(int left, int right)
        {
            lock (_gate)
            {
                int sum = unchecked(left + right) + Jagged[0][1];
                Changed?.Invoke(sum);
                return sum;
            }
        }

        public string Text(string name) => name + "-" + name.Length.ToString();
    }
}
