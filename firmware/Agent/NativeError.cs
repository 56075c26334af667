namespace IotAttest.Agent
{
    /// <summary>Answers of the native module, numbered as in <c>firmware/Interop/native/core/error.h</c>; those that mean a mistake between module and agent are not named.</summary>
    internal static class NativeError
    {
        public const int Ok = 0;
        public const int More = 1;
        public const int NotBooted = 2;
        public const int ReadFailed = 8;
        public const int HashFailed = 9;
        public const int RandomFailed = 10;
        public const int BootCounterFailed = 11;
        public const int BadClaims = 12;
        public const int WrittenSinceBoot = 13;
        public const int DeploymentChanged = 14;
        public const int AssemblyOutside = 15;
        public const int AuthenticationFailed = 16;
        public const int TooLarge = 17;
        public const int NotProvisioned = 18;
    }
}
