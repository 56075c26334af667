namespace IotAttest.Boards.Esp32Wifi
{
    /// <summary>The application of the board.</summary>
    public static class Program
    {
        /// <summary>Never returns.</summary>
        public static void Main()
        {
            BoardStart.Run(new Board());
        }
    }
}
